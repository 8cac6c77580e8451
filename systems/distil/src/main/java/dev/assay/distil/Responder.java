package dev.assay.distil;

/// Who answers a task.
public sealed interface Responder {
    /// The name under which answers are logged.
    String model();

    /// A model behind an OpenAI-compatible end point: `POST /chat/completions` with `model`, `messages`,
    /// `temperature` 0, `seed` and `max_tokens`.
    ///
    /// @param seed      sent along; end points that heed it repeat their answers
    /// @param maxTokens longest answer, at least 1
    /// @param streamed  whether the answer is asked for piece by piece, so that slow models are not given up on
    record Chat(EndPoint endPoint, long seed, int maxTokens, boolean streamed) implements Responder {
        /// The longest answer unless said otherwise.
        public static final int DEFAULT_MAX_TOKENS = 1024;

        /// @throws IllegalArgumentException if `maxTokens` is below 1
        public Chat {
            if (maxTokens < 1) {
                throw new IllegalArgumentException("an answer has at least 1 token, got " + maxTokens);
            }
        }

        /// Seed 1, answers of up to 1024 tokens in one piece.
        public static Chat of(EndPoint endPoint) {
            return new Chat(endPoint, 1, DEFAULT_MAX_TOKENS, false);
        }

        @Override
        public String model() {
            return endPoint.model();
        }
    }

    /// No model: the sentences of the retrieved runs that cover most of the task, quoted with their labels. A
    /// baseline that cannot invent, and a way to try everything out offline.
    ///
    /// @param sentences most quoted, at least 1
    record Extractive(int sentences) implements Responder {
        /// Sentences quoted unless said otherwise.
        public static final int DEFAULT_SENTENCES = 5;

        /// @throws IllegalArgumentException if `sentences` is below 1
        public Extractive {
            if (sentences < 1) {
                throw new IllegalArgumentException("at least 1 sentence is quoted, got " + sentences);
            }
        }

        @Override
        public String model() {
            return "extractive";
        }
    }

    /// Nobody: everything but the request is done, and the answer is `dry-run:` and the task's hash.
    record DryRun() implements Responder {
        @Override
        public String model() {
            return "dry-run";
        }
    }
}
