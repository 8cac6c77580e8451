package dev.assay.engine;

class LocalEngineOfOneThreadTest extends EngineContract {
    @Override
    Engine engine() {
        return LocalEngine.of(1);
    }
}
