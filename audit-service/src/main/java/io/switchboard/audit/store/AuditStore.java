package io.switchboard.audit.store;

import io.switchboard.kit.secret.Secret;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** The store that this service is configured with; opened when it is first used, by a worker. */
@ApplicationScoped
public class AuditStore {
    private final @Nullable StoreLocation location;
    private final Optional<String> accessKey;
    private final Optional<Secret> secret;
    private final Duration timeout;
    private @Nullable ObjectStore opened;

    AuditStore(
            @ConfigProperty(name = "switchboard.audit.store") Optional<String> location,
            @ConfigProperty(name = "switchboard.audit.store.access-key") Optional<String> accessKey,
            @ConfigProperty(name = "switchboard.audit.store.secret") Optional<Secret> secret,
            @ConfigProperty(name = "switchboard.audit.store.timeout", defaultValue = "20s") Duration timeout) {
        this.location = location.map(StoreLocation::of).orElse(null);
        this.accessKey = accessKey;
        this.secret = secret;
        this.timeout = timeout;
    }

    /** False only in mode {@code local}. */
    public boolean isConfigured() {
        return location != null;
    }

    /** Blocks, as the store itself does. Fails with {@link StoreFailure} if it cannot be opened, and may be tried again. */
    public synchronized ObjectStore open() {
        if (opened == null) {
            try {
                opened = open(location);
            } catch (SdkException e) {
                throw new StoreFailure("The S3 store cannot be used: " + e.getMessage(), e);
            }
        }
        return opened;
    }

    private ObjectStore open(@Nullable StoreLocation location) {
        if (location instanceof StoreLocation.Bucket bucket) {
            return new S3Store(bucket, credentials(), timeout);
        }
        if (location instanceof StoreLocation.Directory directory) {
            return new DirectoryStore(directory.path());
        }
        throw new IllegalStateException("SWITCHBOARD_AUDIT_STORE is not set.");
    }

    private AwsCredentialsProvider credentials() {
        return accessKey.isPresent() && secret.isPresent()
                ? StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(accessKey.get(), secret.get().reveal()))
                : DefaultCredentialsProvider.builder().build();
    }

    @PreDestroy
    synchronized void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
