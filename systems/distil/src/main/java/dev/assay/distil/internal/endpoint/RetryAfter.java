package dev.assay.distil.internal.endpoint;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long a server asks to be left alone (RFC 9110, 10.2.3): seconds, or a date that is compared with the
/// answer's own date. Whoever heeds it sets a limit.
final class RetryAfter {
    private RetryAfter() {}

    /// Never negative; nothing if it is neither.
    static Optional<Duration> of(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Duration until = Duration.between(date(headers.firstValue("Date").orElse("")), date(value));
            return until.isNegative() ? Optional.of(Duration.ZERO) : Optional.of(until);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
