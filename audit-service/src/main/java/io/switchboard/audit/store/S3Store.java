package io.switchboard.audit.store;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of an S3-compatible store. Over the JDK's own HTTP client: one object a minute is worth neither Netty's event loops nor
 * their buffers (4 MiB and a thread for each, beside Quarkus' own).
 */
final class S3Store implements ObjectStore {
    /**
     * A connection for each call: a store that refuses a put before it has read the body closes the connection, which the JDK would
     * use again.
     */
    private static final ExecutionInterceptor CLOSED_AFTERWARDS = new ExecutionInterceptor() {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder()
                    .putHeader("Connection", "close")
                    .build();
        }
    };

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final int THERE = 412; // the answer to If-None-Match

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param timeout of a call; none is repeated */
    S3Store(StoreLocation.Bucket location, AwsCredentialsProvider credentials, Duration timeout) {
        this.bucket = location.name();
        this.prefix = location.prefix();
        var builder = S3Client.builder()
                .credentialsProvider(credentials)
                // Checksums of newer S3 that others refuse; the content is compared after it is put.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // A store may answer and close when it has the content, before the last chunk's signature.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .overrideConfiguration(calls -> calls.addExecutionInterceptor(CLOSED_AFTERWARDS)
                        // A put that is repeated here would find its own object there, and say that it is another's.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallTimeout(timeout)
                        .apiCallAttemptTimeout(timeout))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_WITHIN)
                        .socketTimeout(timeout));
        if (location.endpoint() != null) {
            builder.endpointOverride(location.endpoint()).forcePathStyle(true);
        }
        if (location.region() != null) {
            builder.region(Region.of(location.region()));
        }
        this.client = builder.build();
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) {
        var key = prefix + ObjectName.checked(name);
        return call("write", name, () -> {
            try {
                client.putObject(put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(content));
                return true;
            } catch (S3Exception refused) {
                if (refused.statusCode() == THERE) {
                    return false;
                }
                throw refused;
            }
        });
    }

    @Override
    public byte @Nullable [] get(String name) {
        var key = prefix + ObjectName.checked(name);
        return call("read", name, () -> {
            try {
                return client.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                        .asByteArrayUnsafe();
            } catch (NoSuchKeyException none) {
                return null;
            }
        });
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        var folder = this.prefix + ObjectName.checkedFolder(prefix);
        return call("list", prefix, () -> {
            var page = client.listObjectsV2(list -> list.bucket(bucket)
                    .prefix(folder)
                    .startAfter(after.isEmpty() ? null : this.prefix + after)
                    .maxKeys(limit));
            return page.contents().stream()
                    .map(S3Object::key)
                    .map(key -> key.substring(this.prefix.length()))
                    .toList();
        });
    }

    @Override
    public void delete(String name) {
        var key = prefix + ObjectName.checked(name);
        call(
                "delete",
                name,
                () -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> T call(String verb, String name, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException | UncheckedIOException e) { // the latter of calls that take too long
            throw new StoreFailure("The S3 store did not " + verb + " " + name + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        if (e instanceof S3Exception answer) {
            var details = answer.awsErrorDetails();
            return answer.statusCode() + (details == null ? "" : " " + details.errorCode());
        }
        return String.valueOf(e.getMessage());
    }
}
