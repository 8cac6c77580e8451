# A quantile regression forest of the R package ranger on the same rows.
# Rscript ranger_forest.R FOLDER THREADS [MIN_NODE_SIZE] [TREES]
suppressPackageStartupMessages(library(ranger))
arguments <- commandArgs(trailingOnly = TRUE)
threads <- as.integer(arguments[2])
leaf <- if (length(arguments) > 2) as.integer(arguments[3]) else 20L
trees <- if (length(arguments) > 3) as.integer(arguments[4]) else 100L
train <- read.csv(file.path(arguments[1], "train.csv"))
test <- read.csv(file.path(arguments[1], "test.csv"))
levels <- c(.05, .1, .25, .5, .75, .9, .95)
fit_s <- system.time(forest <- ranger(y ~ ., train, num.trees = trees, mtry = 14, min.node.size = leaf,
                                      quantreg = TRUE, num.threads = threads, seed = 1))[["elapsed"]]
draw_s <- system.time(draws <- predict(forest, test, type = "quantiles", num.threads = threads,
                                       what = function(v) sample(v, 1)))[["elapsed"]]
quantiles_s <- system.time(q <- predict(forest, test, type = "quantiles", quantiles = levels,
                                        num.threads = threads)$predictions)[["elapsed"]]
e <- test$y - q
loss <- pmax(sweep(e, 2, levels, "*"), sweep(e, 2, levels - 1, "*"))
cat(sprintf("ranger %s fit_s=%.3f draw_s=%.3f quantiles_s=%.3f pinball=%.6f threads=%d min_node_size=%d trees=%d\n",
            packageVersion("ranger"), fit_s, draw_s, quantiles_s, mean(loss), threads, leaf, trees))
