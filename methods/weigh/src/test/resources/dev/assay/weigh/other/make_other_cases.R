# Calibrations by packages other than the one behind cases/: sampling (calib), laeken (calibWeights), and
# survey with options that cases/ does not use. Writes NAME.csv (d, q, w, x1, x2, ...) for each case and cases.csv (case, method, lower, upper,
# tolerance, targets separated by blanks). Run in this folder: Rscript make_other_cases.R
suppressMessages({library(sampling); library(laeken); library(survey)})
cases <- data.frame()
num <- function(x) trimws(formatC(x, digits = 17, format = "g"))
put <- function(name, method, X, d, q, total, w, lower = -Inf, upper = Inf) {
  X <- as.matrix(X)
  # some of these packages stop while targets are still off: their weights are good to some ten times that
  tolerance <- signif(max(1e-9, 10 * max(abs(colSums(X * w) / total - 1))), 2)
  colnames(X) <- paste0("x", seq_len(ncol(X)))
  write.csv(apply(cbind(d = d, q = q, w = w, X), 2, num), paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
  cases <<- rbind(cases, data.frame(case = name, method = method, lower = lower, upper = upper, tolerance = tolerance,
    targets = paste(num(total), collapse = " ")))
}
one <- function(n) rep(1, n)

# sampling, the package's own first example: 4 units, 2 variables
X <- cbind(c(1, 1, 0, 0), c(0, 0, 1, 1)); d <- one(4) * 5; total <- c(24, 16)
put("sampling_linear_small", "linear", X, d, one(4), total, d * calib(X, d, total, method = "linear"))

# a made-up sample of 300: five regions, two sizes, unequal weights, clusters of 3
set.seed(20261121); n <- 300
region <- factor(rep(1:5, length.out = n)); size <- round(exp(rnorm(n, 3, 0.7)), 1); age <- 16 + floor(60 * runif(n))
d <- round(20 + 80 * runif(n), 2); q <- 0.5 + (seq_len(n) %% 5) / 4; cluster <- rep(seq_len(n / 3), each = 3)
X <- cbind(model.matrix(~ 0 + region), size, age)
total <- round(colSums(X * d * (0.8 + 0.5 * runif(n)))); n1 <- one(n)

# sampling (fixed tolerance of its own)
for (m in c("linear", "raking")) {
  put(paste0("sampling_", m), m, X, d, n1, total, d * calib(X, d, total, method = m))
  put(paste0("sampling_", m, "_q"), m, X, d, q, total, d * calib(X, d, total, q = q, method = m))
}
put("sampling_truncated", "linear", X, d, n1, total, d * calib(X, d, total, method = "truncated", bounds = c(0.9, 1.2), max_iter = 500), 0.9, 1.2)
put("sampling_logit", "logit", X, d, n1, total, d * calib(X, d, total, method = "logit", bounds = c(0.5, 1.8), max_iter = 500), 0.5, 1.8)

# laeken
for (m in c("linear", "raking")) put(paste0("laeken_", m), m, X, d, n1, total, d * calibWeights(X, d, totals = total, method = m, eps = 1e-13, maxit = 500))
put("laeken_logit", "logit", X, d, n1, total, d * calibWeights(X, d, totals = total, method = "logit", bounds = c(0.5, 1.8), eps = 1e-13, maxit = 500), 0.5, 1.8)

# survey, beyond cases/: variances, bounds on both sides at once, equal weights within clusters
frame <- data.frame(region, size, age, d, cluster, v = 1 / q)
design <- svydesign(id = ~cluster, weights = ~d, data = frame)
f <- ~ 0 + region + size + age; names(total) <- colnames(X)
cal <- function(fun, ...) weights(calibrate(design, f, total, calfun = fun, epsilon = 1e-12, maxit = 2000, ...))
put("survey_variance", "linear", X, d, q, total, cal(cal.linear, variance = 1 / q))
put("survey_sinh", "sinh", X, d, n1, total, cal(cal.sinh, bounds = c(0.01, 100)))
put("survey_bounded_raking", "raking", X, d, n1, total, cal(cal.raking, bounds = c(0.88, 1.25)), 0.88, 1.25)
put("survey_logit_narrow", "logit", X, d, n1, total, cal(cal.logit, bounds = c(0.85, 1.3)), 0.85, 1.3)
# one weight a cluster, whose members have one design weight (the package averages their rows): the sum of the members' rows
# is a row of its own
frame$d <- ave(d, cluster, FUN = function(x) x[1]); total <- round(colSums(X * frame$d * (0.8 + 0.5 * runif(n)))); names(total) <- colnames(X)
w <- weights(calibrate(svydesign(id = ~cluster, weights = ~d, data = frame), f, total, calfun = "raking", aggregate.stage = 1, epsilon = 1e-12))
put("survey_one_weight_a_cluster", "raking", rowsum(X, cluster), frame$d[!duplicated(cluster)], one(n / 3), total, w[!duplicated(cluster)])
write.csv(cases, "cases.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "sampling", as.character(packageVersion("sampling")), "laeken", as.character(packageVersion("laeken")), "survey", as.character(packageVersion("survey")), "\n")
