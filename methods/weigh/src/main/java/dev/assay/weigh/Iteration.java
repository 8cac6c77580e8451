package dev.assay.weigh;

/// One line of a solve's history; line 0 is the start. A last line with the same step as the one before is the polish:
/// a step with the previous Hessian, after the targets were met.
///
/// @param step       Newton steps so far
/// @param passes     passes over the design so far
/// @param potential  the dual objective, falling
/// @param maxError   greatest relative error of a solved target
/// @param meanError  mean relative error of the solved targets
/// @param stepLength length of the step that led here: 1 is a full Newton step, 0 at the start
/// @param cgSteps    conjugate-gradient steps in it, 0 with an explicit Hessian
public record Iteration(
        int step, int passes, double potential, double maxError, double meanError, double stepLength, int cgSteps) {}
