# Linear, raking and logit(0.4, 3) calibration with R's survey. Arguments: rows.csv (d, x1, x2, ...), targets.csv (one total a line),
# and a prefix for the weights written, which our own are compared with.
suppressMessages(library(survey))
args <- commandArgs(TRUE)
rows <- read.csv(args[1])
totals <- scan(args[2], quiet = TRUE)
cat(sprintf("R %s, survey %s\n", getRversion(), packageVersion("survey")))
design <- svydesign(id = ~1, weights = ~d, data = rows)
columns <- names(rows)[-1]
formula <- as.formula(paste("~ 0 +", paste(columns, collapse = " + ")))
population <- setNames(totals, columns)
for (method in c("linear", "raking", "logit")) {
  bounds <- if (method == "logit") c(0.4, 3) else c(-Inf, Inf)
  seconds <- system.time(calibrated <- calibrate(design, formula, population, calfun = method, bounds = bounds, epsilon = 1e-9, maxit = 50))[["elapsed"]]
  cat(sprintf("survey %s: %.3f s\n", method, seconds))
  writeLines(formatC(weights(calibrated), digits = 17, format = "g"), paste0(args[3], method, ".txt"))
}
