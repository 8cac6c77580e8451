package dev.assay.weigh.internal.descent;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.Progress;
import dev.assay.fault.Fault;
import dev.assay.weigh.Bounds;
import dev.assay.weigh.Calibration;
import dev.assay.weigh.CalibrationProblem;
import dev.assay.weigh.CalibrationResult;
import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.Checkpointing;
import dev.assay.weigh.Epoch;
import dev.assay.weigh.Iteration;
import dev.assay.weigh.RowBlock;
import dev.assay.weigh.SelectionResult;
import dev.assay.weigh.SelectionResult.Trial;
import dev.assay.weigh.SparseSettings;
import dev.assay.weigh.internal.Independence;
import dev.assay.weigh.internal.Judgement;
import dev.assay.weigh.internal.pass.FusedPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// The runs of [dev.assay.weigh.SparseSelection].
public final class SparseRun {
    private static final double LOW = -0.1;
    private static final double HIGH = 1.1;
    private static final double WIDTH = HIGH - LOW;
    /// `ln(-LOW / HIGH) = -ln 11`.
    private static final double LN_11 = Math.log(11);
    private static final double EDGE = 1e-6;
    private static final double MOST_LOCATION = 20;
    private static final int MOST_TRIALS = 12;
    /// The factor between prices while the wanted number of rows is not yet between two of them.
    private static final double STRIDE = 30;
    /// A run this close to the wanted number of rows ends the search.
    private static final double CLOSE = 0.01;
    private static final int SUPPORT_EPOCHS = 10;
    private static final double QUIET = 0.2;
    private static final double FULL = 0.6;
    private static final double FROZEN = 0.9;
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final SparseSettings settings;
    private final CalibrationProblem problem;
    private final Seed seed;
    private final Engine engine;
    private final Consumer<Epoch> each;
    private final Optional<Checkpointing> checkpoint;
    private final Map<String, String> identity;
    private final List<Misfit> batches;
    private final FusedPass pass;
    private final double[] d;
    private final double beta;
    private final int least;
    private final double[] had;

    // One run.
    private final double[] theta;
    private final double[] base;
    private final double[] location;
    private final Adam thetaAdam;
    private final Adam locationAdam;
    private double[] totals;
    private int batch;
    private int epoch;
    private int active;
    private String stopped = "";
    private List<Epoch> epochs = new ArrayList<>();

    // The search.
    private final List<Trial> trials = new ArrayList<>();
    private double price;
    /// The greatest price that kept too many rows, and the least that kept too few.
    private double cheap;
    private double dear = Double.POSITIVE_INFINITY;
    private double[] chosen;
    private int chosenTrial = -1;
    private List<Epoch> chosenEpochs = List.of();
    private int passes;

    private SparseRun(
            SparseSettings settings,
            CalibrationProblem problem,
            Seed seed,
            Engine engine,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        this.settings = settings;
        this.problem = problem;
        this.seed = seed;
        this.engine = engine;
        this.each = each;
        this.checkpoint = checkpoint;
        this.batches = Misfit.of(problem.targets(), settings.batches(), settings.groups());
        this.pass = new FusedPass(problem.design(), engine);
        this.d = problem.designWeights();
        this.beta = settings.temperature();
        int rows = d.length;
        long positive = Arrays.stream(d).filter(w -> w > 0).count();
        if (settings.targetRows().isPresent() && settings.targetRows().getAsInt() > positive) {
            throw Fault.of(
                    Fault.Kind.BAD_SETTING,
                    "There are " + positive + " rows with a weight, so "
                            + settings.targetRows().getAsInt() + " cannot be kept; ask for fewer.");
        }
        this.theta = new double[rows];
        this.base = new double[rows];
        this.location = new double[rows];
        this.thetaAdam = new Adam(rows);
        this.locationAdam = new Adam(rows);
        this.totals = new double[problem.targets().size()];
        this.chosen = new double[rows];
        this.identity = checkpoint.isPresent()
                ? Identity.of(problem, settings.toString(), Long.toHexString(seed.asLong()), engine)
                : Map.of();
        this.had = support(false);
        this.least = Math.max(settings.minRows(), 2 * Independence.count(problem, engine));
    }

    /// See [dev.assay.weigh.SparseSelection#openProbability].
    public static double open(double location, double beta) {
        return sigmoid(location + beta * LN_11);
    }

    /// See [dev.assay.weigh.SparseSelection#gate(double, double)].
    public static double gate(double location, double beta) {
        // The ends by their own rule: rounding of the sigmoid must not decide what is exactly 0.
        if (location <= -beta * LN_11) {
            return 0;
        }
        return location >= beta * LN_11 ? 1 : Math.clamp(sigmoid(location / beta) * WIDTH + LOW, 0, 1);
    }

    /// See [dev.assay.weigh.SparseSelection#gate(double, double, double)].
    public static double drawn(double location, double beta, double uniform) {
        return Math.clamp(soft(location, beta, uniform) * WIDTH + LOW, 0, 1);
    }

    private static double soft(double location, double beta, double uniform) {
        return sigmoid((Math.log(uniform) - Math.log1p(-uniform) + location) / beta);
    }

    private static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// See [dev.assay.weigh.SparseSelection].
    public static SelectionResult run(
            SparseSettings settings,
            CalibrationProblem problem,
            Seed seed,
            Engine engine,
            Progress progress,
            Consumer<Epoch> each,
            Optional<Checkpointing> checkpoint) {
        SparseRun run = new SparseRun(settings, problem, seed, engine, each, checkpoint);
        if (!run.resume()) {
            run.begin(settings.sparsity());
        }
        return run.search(progress);
    }

    private SelectionResult search(Progress progress) {
        int most = settings.targetRows().isPresent() ? MOST_TRIALS : 1;
        long all = (long) most * batches.size() * settings.epochs();
        while (true) {
            epochs(progress, all);
            OptionalPrice next = judge();
            if (next.isEmpty() || trials.size() >= most) {
                progress.at(all, all);
                return result();
            }
            begin(next.price());
        }
    }

    /// The price to try next, NaN for none.
    private record OptionalPrice(double price) {
        boolean isEmpty() {
            return Double.isNaN(price);
        }
    }

    private void begin(double newPrice) {
        price = newPrice;
        batch = 0;
        epoch = 0;
        stopped = "";
        epochs = new ArrayList<>();
        Arrays.fill(theta, 0);
        System.arraycopy(d, 0, base, 0, d.length);
        Arrays.fill(location, Math.log(settings.keep() / (1 - settings.keep())));
        forget();
        active = d.length;
        totals = pass.totals(drawnWeights());
        passes++;
    }

    private void forget() {
        Arrays.fill(thetaAdam.first, 0);
        Arrays.fill(thetaAdam.second, 0);
        Arrays.fill(locationAdam.first, 0);
        Arrays.fill(locationAdam.second, 0);
    }

    private void epochs(Progress progress, long all) {
        while (batch < batches.size() && stopped.isEmpty()) {
            while (epoch < settings.epochs() && stopped.isEmpty()) {
                if (Thread.interrupted()) {
                    throw new CancellationException("interrupted");
                }
                progress.at(((long) trials.size() * batches.size() + batch) * settings.epochs() + epoch, all);
                epoch();
                if (epoch % SUPPORT_EPOCHS == 0) {
                    checkSupport();
                }
                keep();
            }
            if (stopped.isEmpty()) {
                batch++;
                if (batch < batches.size()) {
                    epoch = 0;
                    forget();
                }
            }
        }
    }

    /// The price of rows in an epoch of the first batch.
    private double staged(int at) {
        double part = (double) at / settings.epochs();
        if (batch > 0 || part <= QUIET || part > FROZEN) {
            return 0;
        }
        return part >= FULL ? price : price * (part - QUIET) / (FULL - QUIET);
    }

    private boolean frozen(int at) {
        return batch > 0 || at > FROZEN * settings.epochs();
    }

    private void epoch() {
        Misfit misfit = batches.get(batch);
        boolean wasFrozen = frozen(epoch);
        long before = stream(epoch);
        epoch++;
        boolean isFrozen = frozen(epoch);
        long now = stream(epoch);
        double rate = Adam.cosine(settings.learningRate(), epoch, settings.epochs());
        thetaAdam.step(epoch, rate);
        locationAdam.step(epoch, rate);
        double lambda = staged(epoch);
        int rows = d.length;
        LongAdder open = new LongAdder();
        // The gradient is that of the loss times the rows, as in GradientRun.
        FusedPass.Sums sums = pass.run(misfit.slopes(totals, rows), (first, count, products, factors) -> {
            double penalty = 0;
            int opened = 0;
            for (int r = 0; r < count; r++) {
                int i = first + r;
                if (d[i] == 0) {
                    factors[r] = 0;
                    continue;
                }
                double z;
                double slope = 0;
                if (wasFrozen) {
                    z = gate(location[i], beta);
                } else {
                    double s = soft(location[i], beta, uniform(before, i));
                    double raw = s * WIDTH + LOW;
                    z = Math.clamp(raw, 0, 1);
                    slope = raw > 0 && raw < 1 ? WIDTH * s * (1 - s) / beta : 0;
                }
                double old = base[i];
                theta[i] -= thetaAdam.move(i, old * z * products[r] + 2 * settings.shrinkage() * theta[i]);
                if (!isFrozen) {
                    double p = open(location[i], beta);
                    double moved = location[i] - locationAdam.move(i, old * slope * products[r] + lambda * p * (1 - p));
                    location[i] = Math.clamp(moved, -MOST_LOCATION, MOST_LOCATION);
                    penalty += lambda * open(location[i], beta);
                }
                penalty += settings.shrinkage() * theta[i] * theta[i];
                base[i] = d[i] * Math.exp(theta[i]);
                opened += location[i] > -beta * LN_11 ? 1 : 0;
                factors[r] = base[i] * (isFrozen ? gate(location[i], beta) : drawn(location[i], beta, uniform(now, i)));
            }
            open.add(opened);
            return penalty;
        });
        passes++;
        totals = sums.totals();
        active = open.intValue();
        Epoch told = new Epoch(
                batch,
                epoch,
                misfit.loss(totals) + sums.scalar() / rows,
                misfit.maxError(totals),
                misfit.meanError(totals),
                rate,
                lambda,
                active);
        epochs.add(told);
        each.accept(told);
    }

    /// Stops a run that has too few rows left, or none for some target that had one.
    private void checkSupport() {
        if (active < least) {
            stopped = "only " + active + " rows were left, of at least " + least;
            return;
        }
        double[] support = support(true);
        for (int j = 0; j < support.length; j++) {
            if (had[j] > 0 && support[j] == 0) {
                stopped = "no row was left for target '"
                        + problem.targets().get(j).name() + "'";
                return;
            }
        }
    }

    /// For every target a number above 0 if some row contributes to it.
    ///
    /// @param left whether only rows with an open gate count
    private double[] support(boolean left) {
        List<RowBlock> blocks = problem.design().blocks();
        passes++;
        return engine.reduce(
                blocks.size(),
                p -> {
                    RowBlock block = blocks.get(p);
                    double[] part = new double[problem.targets().size()];
                    for (int r = 0; r < block.rows(); r++) {
                        int i = block.first() + r;
                        if (d[i] > 0 && (!left || location[i] > -beta * LN_11)) {
                            block.scatterSquares(r, 1, part);
                        }
                    }
                    return part;
                },
                (one, other) -> {
                    for (int j = 0; j < one.length; j++) {
                        one[j] += other[j];
                    }
                    return one;
                });
    }

    /// 64 bits for an epoch of this run.
    private long stream(int at) {
        return seed.child("gates").child(trials.size()).child(batch).child(at).asLong();
    }

    private static double uniform(long stream, int row) {
        // SplitMix64's output function on a counter (Steele, Lea and Flood 2014).
        long x = stream + (row + 1L) * GAMMA;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        x ^= x >>> 31;
        return EDGE + (1 - 2 * EDGE) * ((x >>> 11) * 0x1p-53);
    }

    private double[] drawnWeights() {
        double[] weights = new double[d.length];
        long stream = stream(0);
        for (int i = 0; i < d.length; i++) {
            weights[i] = base[i] * drawn(location[i], beta, uniform(stream, i));
        }
        return weights;
    }

    private double[] gatedWeights() {
        double[] weights = new double[d.length];
        for (int i = 0; i < d.length; i++) {
            weights[i] = d[i] == 0 ? 0 : base[i] * gate(location[i], beta);
        }
        return weights;
    }

    /// Takes note of a finished run and says which price to try next.
    private OptionalPrice judge() {
        double[] weights = gatedWeights();
        int left = (int) Arrays.stream(weights).filter(w -> w > 0).count();
        double error = batches.getLast().maxError(pass.totals(weights));
        passes++;
        trials.add(new Trial(price, left, error, stopped));
        int wanted = settings.targetRows().orElse(left);
        boolean better = chosenTrial < 0
                || (!trials.get(chosenTrial).stopped().isEmpty() && stopped.isEmpty())
                || (stopped.isEmpty()
                        && Math.abs(left - wanted)
                                < Math.abs(trials.get(chosenTrial).activeRows() - wanted));
        if (better) {
            chosen = weights;
            chosenTrial = trials.size() - 1;
            chosenEpochs = epochs;
        }
        if (settings.targetRows().isEmpty() || (stopped.isEmpty() && Math.abs(left - wanted) <= CLOSE * wanted)) {
            return new OptionalPrice(Double.NaN);
        }
        if (left < wanted || !stopped.isEmpty()) {
            dear = Math.min(dear, price);
        } else {
            cheap = Math.max(cheap, price);
        }
        if (cheap > 0 && Double.isFinite(dear)) {
            return new OptionalPrice(Math.sqrt(cheap * dear));
        }
        return new OptionalPrice(cheap > 0 ? price * STRIDE : price / STRIDE);
    }

    private boolean resume() {
        Optional<Snapshot> kept = Snapshot.find(checkpoint, identity);
        if (kept.isEmpty()) {
            return false;
        }
        Snapshot from = kept.get();
        batch = from.numbers()[0];
        epoch = from.numbers()[1];
        passes = from.numbers()[2];
        active = from.numbers()[3];
        chosenTrial = from.numbers()[4];
        int chosenCount = from.numbers()[5];
        double[][] a = from.arrays();
        double[][] own = {
            theta, base, location, thetaAdam.first, thetaAdam.second, locationAdam.first, locationAdam.second, chosen
        };
        for (int k = 0; k < own.length; k++) {
            System.arraycopy(a[k], 0, own[k], 0, own[k].length);
        }
        totals = a[own.length];
        double[] prices = a[own.length + 1];
        price = prices[0];
        cheap = prices[1];
        dear = prices[2];
        for (int k = 0; k < from.texts().size(); k++) {
            trials.add(new Trial(
                    prices[3 + 3 * k],
                    (int) prices[4 + 3 * k],
                    prices[5 + 3 * k],
                    from.texts().get(k)));
        }
        chosenEpochs = from.epochs().subList(0, chosenCount);
        epochs =
                new ArrayList<>(from.epochs().subList(chosenCount, from.epochs().size()));
        return true;
    }

    private void keep() {
        if (checkpoint.isEmpty() || !stopped.isEmpty()) {
            return;
        }
        if (epoch % checkpoint.get().every() != 0 && epoch != settings.epochs()) {
            return;
        }
        double[] prices = new double[3 + 3 * trials.size()];
        prices[0] = price;
        prices[1] = cheap;
        prices[2] = dear;
        for (int k = 0; k < trials.size(); k++) {
            Trial trial = trials.get(k);
            prices[3 + 3 * k] = trial.sparsity();
            prices[4 + 3 * k] = trial.activeRows();
            prices[5 + 3 * k] = trial.maxError();
        }
        List<Epoch> told = new ArrayList<>(chosenEpochs);
        told.addAll(epochs);
        new Snapshot(
                        identity,
                        new int[] {batch, epoch, passes, active, chosenTrial, chosenEpochs.size()},
                        new double[][] {
                            theta,
                            base,
                            location,
                            thetaAdam.first,
                            thetaAdam.second,
                            locationAdam.first,
                            locationAdam.second,
                            chosen,
                            totals,
                            prices
                        },
                        trials.stream().map(Trial::stopped).toList(),
                        told)
                .write(checkpoint.get().file());
    }

    private SelectionResult result() {
        Trial trial = trials.get(chosenTrial);
        List<Iteration> history = chosenEpochs.stream()
                .map(e -> new Iteration(
                        e.batch() * settings.epochs() + e.epoch(),
                        e.batch() * settings.epochs() + e.epoch() + 1,
                        e.loss(),
                        e.maxError(),
                        e.meanError(),
                        e.learningRate(),
                        0))
                .toList();
        CalibrationSettings judged = CalibrationSettings.raking().withTolerance(settings.tolerance());
        String missed = !trial.stopped().isEmpty()
                ? "The selection stopped because " + trial.stopped()
                        + "; lower the price of rows or ask for more of them."
                : String.format(
                        Locale.ROOT,
                        "With %d rows the greatest relative error is %.4g; keep more rows, or polish within bounds.",
                        trial.activeRows(),
                        trial.maxError());
        if (settings.polish().isNone() || !trial.stopped().isEmpty()) {
            CalibrationResult plain =
                    Judgement.of(problem, judged, chosen, chosenEpochs.size(), passes, history, missed, true, engine);
            return new SelectionResult(plain, trial.activeRows(), trial.sparsity(), trials, chosenEpochs);
        }
        CalibrationResult polished = polish();
        double[] weights = polished.weights();
        CalibrationResult own = Judgement.of(
                problem,
                judged,
                weights,
                chosenEpochs.size(),
                passes + polished.passes(),
                history,
                missed,
                true,
                engine);
        CalibrationResult result = new CalibrationResult(
                polished.status(),
                polished.explanation(),
                weights,
                polished.multipliers(),
                polished.newtonSteps(),
                own.passes(),
                own.bytesPerPass(),
                own.targets(),
                own.distribution(),
                history,
                polished.dependent(),
                polished.infeasibility());
        int left = (int) Arrays.stream(weights).filter(w -> w != 0).count();
        return new SelectionResult(result, left, trial.sparsity(), trials, chosenEpochs);
    }

    /// The exact method on the rows that are left, around their weights.
    private CalibrationResult polish() {
        Bounds bounds = settings.polish();
        CalibrationProblem left = CalibrationProblem.of(problem.design(), chosen, problem.targets());
        return Calibration.solve(
                CalibrationSettings.raking().withBounds(bounds).withTolerance(settings.tolerance()),
                left,
                engine,
                Progress.none());
    }
}
