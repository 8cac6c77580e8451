package dev.assay.weigh.internal.descent;

/// Adam's constants and its two moments for one parameter a row (Kingma and Ba 2015, algorithm 1).
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    final double[] first;
    final double[] second;
    private double correction1 = 1;
    private double correction2 = 1;
    private double rate;

    Adam(int rows) {
        first = new double[rows];
        second = new double[rows];
    }

    /// Readies a step.
    ///
    /// @param step from 1
    void step(int step, double learningRate) {
        correction1 = 1 - Math.pow(BETA1, step);
        correction2 = 1 - Math.pow(BETA2, step);
        rate = learningRate;
    }

    /// What to subtract from the parameter of a row whose gradient this is.
    double move(int row, double gradient) {
        double m = BETA1 * first[row] + (1 - BETA1) * gradient;
        double v = BETA2 * second[row] + (1 - BETA2) * gradient * gradient;
        first[row] = m;
        second[row] = v;
        return rate * (m / correction1) / (Math.sqrt(v / correction2) + EPSILON);
    }

    /// The learning rate of an epoch: half a cosine from the first down to a hundredth of it.
    static double cosine(double rate, int epoch, int epochs) {
        double part = epochs == 1 ? 0 : (epoch - 1.0) / (epochs - 1);
        return rate * (0.01 + 0.99 * (1 + Math.cos(Math.PI * part)) / 2);
    }
}
