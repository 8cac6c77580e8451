package dev.assay.measure;

import dev.assay.chance.Seed;
import dev.assay.engine.Engine;
import dev.assay.engine.LocalEngine;
import dev.assay.engine.Progress;
import dev.assay.inference.Bootstrap;
import dev.assay.inference.Units;
import dev.assay.measure.internal.Kernels;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A program for a virtual machine that was started without the module of the Vector API.
final class WithoutVectorModule {
    private WithoutVectorModule() {}

    public static void main(String[] arguments) throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((Kernels.vectorised() + " " + scores()).getBytes(StandardCharsets.UTF_8));
        }
    }

    static String scores() {
        double[] real = Seed.of(1).generator().doubles(900).toArray();
        double[] fake = Seed.of(2).generator().doubles(600).toArray();
        try (Engine engine = LocalEngine.of(1)) {
            PrdcScores s =
                    Prdc.of(PrdcSettings.defaults(), Points.of(real, 3), Points.of(fake, 3), engine, Progress.none());
            return s.precisionCount() + " " + s.recallCount() + " " + s.densityCount() + " " + s.coverageCount() + " "
                    + s.realRadius(0) + " "
                    + Bootstrap.of(3).withReplicates(50).means(Units.rows(900), new double[][] {real}, engine);
        }
    }
}
