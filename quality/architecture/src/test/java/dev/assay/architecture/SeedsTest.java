package dev.assay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.assay.study.Stage;
import dev.assay.study.StageContext;
import dev.assay.study.StageRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which stages draw at random, and which of them say so.
class SeedsTest {
    private static final JavaClasses SYSTEMS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.assay.microdata", "dev.assay.distil");

    @Test
    void aStageThatNeverAsksForItsSeedSaysThatItDrawsNothing() {
        for (String kind : StageRegistry.installed().kinds()) {
            Stage<?, ?> stage = StageRegistry.installed().get(kind).stage();
            JavaClass type = SYSTEMS.get(stage.getClass());
            boolean asks = asks(type);
            boolean outside = type.tryGetMethod("destinations", Map.class).isPresent();
            boolean says = type.tryGetMethod("draws", Map.class).isPresent();
            if (asks) {
                assertThat(!says || stage.draws(drawing(kind)))
                        .as(kind + " asks for its seed, and may not say that it never draws")
                        .isTrue();
            } else if (!outside) {
                assertThat(says && !stage.draws(Map.of()))
                        .as(kind + " never asks for its seed, and has to say so")
                        .isTrue();
            }
        }
    }

    /// Settings with which a stage that draws at times does.
    private static Map<String, Object> drawing(String kind) {
        return kind.equals("microdata.estimate") || kind.equals("weigh.estimate")
                ? Map.of("method", dev.assay.microdata.EstimateStage.MethodName.BOOTSTRAP)
                : Map.of();
    }

    /// Whether `StageContext.seed()` can be reached from `run` by calls within the systems.
    private static boolean asks(JavaClass stage) {
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        stage.getCodeUnits().stream().filter(m -> m.getName().equals("run")).forEach(open::add);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (!seen.add(unit.getFullName())) {
                continue;
            }
            boolean seed = unit.getCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().isAssignableTo(StageContext.class)
                            && call.getTarget().getName().equals("seed"));
            if (seed) {
                return true;
            }
            unit.getCallsFromSelf()
                    .forEach(call -> call.getTarget().resolveMember().ifPresent(open::add));
            unit.getCodeUnitReferencesFromSelf()
                    .forEach(reference -> reference.getTarget().resolveMember().ifPresent(open::add));
        }
        return false;
    }
}
