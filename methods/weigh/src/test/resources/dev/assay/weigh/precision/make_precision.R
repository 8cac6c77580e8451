# Estimates and standard errors that reference.json has not: means, ratios, domains, corrections for finite populations,
# lonely primary units, design effects, balanced repeated replication. R 4.2.2, package survey 4.1.1.
# Run in this folder: Rscript make_precision.R > precision.csv
suppressMessages(library(survey))
h <- read.csv("../households_2000.csv"); h$one <- 1
for (k in 2:4) h[[paste0("size", k)]] <- as.numeric(h$HHSize == k)
for (k in 2:3) h[[paste0("inc", k)]] <- as.numeric(h$HHIncome == k)
h$dwel2 <- as.numeric(h$HHDwelling == 2)
f <- ~ size2 + size3 + size4 + inc2 + inc3 + dwel2 + a0_4 + a5_18 + a19_24 + a25_44 + a45_64 + a65p + male
ct <- read.csv("../controls.csv"); v <- setNames(ct$full_file_total, ct$name)
T <- c("(Intercept)" = unname(v["households"]), v[attr(terms(f), "term.labels")])
cat("case,statistic,value,se,deff\n")
say <- function(case, name, est, deff = NA) cat(sprintf("%s,%s,%.17g,%.17g,%.17g\n", case, name, coef(est)[1], SE(est)[1], deff))
all <- function(case, d) {
  t <- svytotal(~emp_ft, d, deff = "replace"); say(case, "total", t, deff(t))
  m <- svymean(~emp_ft, d, deff = "replace"); say(case, "mean", m, deff(m))
  say(case, "ratio", svyratio(~emp_ft, ~persons, d))
  say(case, "domain total", svytotal(~emp_ft, subset(d, HHIncome == 3)))
  say(case, "domain mean", svymean(~emp_ft, subset(d, HHIncome == 3)))
}
strat <- svydesign(id = ~1, strata = ~SUBREGCluster, weights = ~d, data = h)
all("simple", svydesign(id = ~1, weights = ~d, data = h))
all("stratified", strat)
all("stratified raking", calibrate(strat, f, T, calfun = "raking", epsilon = 1e-12, maxit = 200))
grouped <- svydesign(id = ~grp, strata = ~SUBREGCluster, weights = ~d, data = h, nest = TRUE)
all("clustered", grouped)
all("clustered linear", calibrate(grouped, f, T))
# a third of the primary units of stratum 1 drawn, an eighth of the others'
h$N <- ifelse(h$SUBREGCluster == min(h$SUBREGCluster), 75, 200)
fpc <- svydesign(id = ~grp, strata = ~SUBREGCluster, weights = ~d, fpc = ~N, data = h, nest = TRUE)
all("corrected", fpc)
all("corrected linear", calibrate(fpc, f, T))
# one stratum is cut down to a single primary unit
few <- h[!(h$SUBREGCluster == max(h$SUBREGCluster) & h$grp > 0), ]
for (lonely in c("adjust", "remove")) {
  options(survey.lonely.psu = lonely)
  d <- svydesign(id = ~grp, strata = ~SUBREGCluster, weights = ~d, data = few, nest = TRUE)
  say(paste("lonely", lonely), "total", svytotal(~emp_ft, d)); say(paste("lonely", lonely), "mean", svymean(~emp_ft, d))
}
# two primary units in each of 4 x 5 strata
pair <- h[h$grp < 10, ]; pair$stratum <- paste(pair$SUBREGCluster, pair$grp %/% 2)
two <- svydesign(id = ~grp, strata = ~stratum, weights = ~d, data = pair, nest = TRUE)
# (the variance of a balanced set does not depend on which Hadamard matrix it is made of, for totals)
for (rho in c(0, 0.5)) {
  r <- as.svrepdesign(two, type = if (rho == 0) "BRR" else "Fay", fay.rho = rho)
  say(paste("balanced", rho), "total", svytotal(~emp_ft, r))
}
