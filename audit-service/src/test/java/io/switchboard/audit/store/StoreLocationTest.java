package io.switchboard.audit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
    @Test
    void a_directory_is_absolute() {
        assertEquals(new StoreLocation.Directory(Path.of("/var/lib/audit")), StoreLocation.of("file:///var/lib/audit"));
    }

    @Test
    void a_bucket_may_have_a_prefix_an_endpoint_and_a_region() {
        assertEquals(
                new StoreLocation.Bucket("logs", "a/b/", URI.create("https://minio:9000"), "eu-1"),
                StoreLocation.of("s3://logs/a/b/?endpoint=https://minio:9000&region=eu-1"));
        assertEquals(
                URI.create("https://minio:9000"),
                ((StoreLocation.Bucket) StoreLocation.of("s3://logs?endpoint=https%3A%2F%2Fminio%3A9000")).endpoint());
        assertEquals(new StoreLocation.Bucket("logs", "", null, null), StoreLocation.of("s3://logs"));
        assertNull(((StoreLocation.Bucket) StoreLocation.of("s3://logs/")).region());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/var/lib",
                "file:relative",
                "file://host/share",
                "http://logs",
                "s3:///prefix",
                "s3://key:s3cret@logs/a",
                "s3://logs/../a",
                "s3://logs?secret=s3cret",
                "s3://logs?endpoint=minio:9000",
                "s3://logs?endpoint=ftp://minio",
                "s3://logs?endpoint=https://key:s3cret@minio",
                "s3://lo gs"
            })
    void what_it_is_not_fails_in_words_that_repeat_no_secret(String text) {
        var failure = assertThrows(IllegalArgumentException.class, () -> StoreLocation.of(text));
        assertEquals(
                "SWITCHBOARD_AUDIT_STORE must be file:///folder or s3://bucket/prefix?endpoint=https://…&region=….",
                failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("s3cret"));
        }
    }
}
