package io.switchboard.voice.assistant;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** What a PIN client sees of a voice agent, or of an assistant at a provider, and how the client's differs. */
@Entity
@Table(name = "client_assistants")
@DynamicUpdate
public class Assistant implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;
    private UUID clientId;
    private UUID agentId;
    private String provider; // of providerAssistantId
    private String providerAssistantId;
    private String displayName;
    private String firstMessage;
    private String voice;
    private String model;
    private String evalMethod;
    private Integer maxCallDuration; // seconds
    private boolean isActive;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Assistant() {} // for Hibernate

    Assistant(CallerContext caller, AssistantForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        revise(form);
    }

    void revise(AssistantForm form) {
        clientId = form.clientId();
        agentId = form.agentId();
        provider = form.provider();
        providerAssistantId = form.providerAssistantId();
        displayName = form.displayName();
        firstMessage = form.firstMessage();
        voice = form.voice();
        model = form.model();
        evalMethod = form.evalMethod();
        maxCallDuration = form.maxCallDuration();
        isActive = form.isActive();
    }

    AssistantView view() {
        return new AssistantView(
                id,
                clientId,
                agentId,
                provider,
                providerAssistantId,
                displayName,
                firstMessage,
                voice,
                model,
                evalMethod,
                maxCallDuration,
                isActive,
                createdAt,
                updatedAt,
                version);
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public int version() {
        return version;
    }
}
