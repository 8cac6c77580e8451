# Estimates where cells are missing, domains are small and a stratum was taken whole, on 60 rows made here. R 4.2.2,
# package survey 4.1.1. Run in this folder: Rscript make_domains.R (writes awkward.csv and domains.csv).
suppressMessages(library(survey)); options(digits = 17, survey.lonely.psu = "fail")
n <- 60; i <- seq_len(n) - 1
s <- ifelse(i < 3, "C", ifelse(i < 33, "A", "B"))
a <- data.frame(id = i, stratum = s,
                unit = ifelse(s == "C", "c0", ifelse(s == "A", paste0("a", i %% 6), paste0("b", i %% 5))),
                fraction = ifelse(s == "C", 1, ifelse(s == "A", 0.25, 0.5)),
                w = ifelse(s == "C", 1, ifelse(s == "A", 4, 2)) * (1 + (i * 7) %% 5 / 20),
                v = (i * 37) %% 101 / 10 + ifelse(s == "A", 5, 0), x = 1 + (i * 13) %% 17 / 4,
                size = 1 + (i * 5) %% 4)
a$v[i %% 11 == 4] <- NA
a$v[a$unit == "b3"] <- NA
# "unit": inside one primary unit; "row": one row; "two": two units of one stratum; "rest": all other rows; some cells empty
a$domain <- ifelse(a$unit == "a2" & i > 15, "unit", ifelse(i == 40, "row", ifelse(a$unit %in% c("b0", "b4") & i > 45, "two",
            ifelse(i %% 9 == 5, NA, "rest"))))
write.csv(a, "awkward.csv", row.names = FALSE, na = "", quote = FALSE)
a$one <- 1
out <- file("domains.csv", "w")
cat("case,statistic,value,se,deff,degf,lower,upper\n", file = out)
num <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), "NA")
say <- function(case, name, est, d, deff = NA) {
  k <- degf(d); ci <- suppressWarnings(confint(est, df = k))
  cat(paste(case, name, num(coef(est)[1]), num(SE(est)[1]), num(deff), k, num(ci[1]), num(ci[2]), sep = ","), "\n", sep = "", file = out)
}
seen <- function(d, ...) { v <- d$variables; keep <- Reduce(`&`, lapply(c(...), function(k) !is.na(v[[k]]))); d[keep, ] }
all <- function(case, d, effects = TRUE) {
  e <- if (effects) "replace" else FALSE
  for (k in c("v", "x")) {
    t <- svytotal(as.formula(paste0("~", k)), d, na.rm = TRUE, deff = e); say(case, paste("total", k), t, seen(d, k), if (effects) deff(t) else NA)
    m <- svymean(as.formula(paste0("~", k)), d, na.rm = TRUE, deff = e); say(case, paste("mean", k), m, seen(d, k), if (effects) deff(m) else NA)
  }
  say(case, "ratio v/x", svyratio(~v, ~x, d, na.rm = TRUE), seen(d, "v", "x"))
  for (g in c("two", "rest")) {
    b <- subset(d, domain == g)
    t <- svytotal(~v, b, na.rm = TRUE, deff = e); say(case, paste("total v", g), t, seen(b, "v"), if (effects) deff(t) else NA)
    m <- svymean(~v, b, na.rm = TRUE, deff = e); say(case, paste("mean v", g), m, seen(b, "v"), if (effects) deff(m) else NA)
    say(case, paste("ratio v/x", g), svyratio(~v, ~x, b, na.rm = TRUE), seen(b, "v", "x"))
  }
}
plain <- svydesign(id = ~unit, strata = ~stratum, weights = ~w, fpc = ~fraction, data = a)
all("linearised", plain)
T <- c("(Intercept)" = 200, size = 480)
raked <- calibrate(plain, ~size, T, calfun = "raking", epsilon = 1e-13, maxit = 200)
all("linearised raking", raked)
jack <- as.svrepdesign(plain, type = "JKn")
all("jackknife", jack, FALSE)
# That package leaves what was taken whole out of the totals of replicates; once calibrated its weights vary, too.
options(survey.drop.replicates = FALSE)
all("jackknife raking", calibrate(jack, ~size, T, calfun = "raking", epsilon = 1e-13, maxit = 200), FALSE)
# without the stratum that was taken whole, and with it dropped as lonely
options(survey.lonely.psu = "remove")
all("lonely dropped", svydesign(id = ~unit, strata = ~stratum, weights = ~w, data = a))
all("lonely dropped jackknife", as.svrepdesign(svydesign(id = ~unit, strata = ~stratum, weights = ~w, data = a), type = "JKn"), FALSE)
close(out)
