package dev.assay.engine;

class LocalEngineOfFourThreadsTest extends EngineContract {
    @Override
    Engine engine() {
        return LocalEngine.of(4);
    }
}
