package io.switchboard.voice.agent;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A voice agent. It keeps its owner; each change of it but of its status is a new version. */
@Entity
@Table(name = "agents")
@DynamicUpdate
public class Agent implements Versioned {
    @Id
    private UUID id;

    private UUID orgId;

    @Column(updatable = false)
    private UUID ownerId;

    private String name;
    private String description;
    private String personalityTone;
    private String systemPrompt;
    private String firstMessage;
    private String voice;
    private String model;
    private String language;
    private String evalMethod;
    private int maxCallDuration; // seconds
    private String provider;
    private String providerAssistantId;
    private String[] allowedTools;

    @ColumnTransformer(read = "status::text", write = "?::agent_status")
    private String status;

    private int behaviourVersion; // from 1

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected Agent() {} // for Hibernate

    Agent(CallerContext caller, UUID ownerId, AgentForm form) {
        id = UuidV7.next();
        orgId = caller.orgId();
        this.ownerId = ownerId;
        behaviourVersion = 1;
        status = form.status().wire();
        assign(form);
    }

    /** Fails with {@code invalid} for another owner. @return the fields of the new version that changed; without any there is none */
    List<String> revise(AgentForm form) {
        if (!ownerId.equals(form.ownerId())) {
            throw Problem.invalid("ownerId", "cannot be changed");
        }
        var changed = form().differences(form);
        if (!changed.isEmpty()) {
            behaviourVersion++;
        }
        status = form.status().wire();
        assign(form);
        return changed;
    }

    /** A new version like an old one; the status stays. @return the fields that changed */
    List<String> restore(AgentForm content) {
        var changed = form().differences(content);
        behaviourVersion++;
        assign(content);
        return changed;
    }

    private void assign(AgentForm form) {
        name = form.name();
        description = form.description();
        personalityTone = form.personalityTone();
        systemPrompt = form.systemPrompt();
        firstMessage = form.firstMessage();
        voice = form.voice();
        model = form.model();
        language = form.language();
        evalMethod = form.evalMethod();
        maxCallDuration = Objects.requireNonNull(form.maxCallDuration());
        provider = form.provider();
        providerAssistantId = form.providerAssistantId();
        allowedTools = form.allowedTools().stream().map(AgentTool::wire).toArray(String[]::new);
    }

    AgentForm form() {
        return new AgentForm(
                name,
                description,
                personalityTone,
                systemPrompt,
                firstMessage,
                voice,
                model,
                language,
                evalMethod,
                maxCallDuration,
                provider,
                providerAssistantId,
                AgentView.tools(allowedTools),
                status(),
                ownerId);
    }

    AgentView view() {
        return new AgentView(
                id,
                ownerId,
                name,
                description,
                personalityTone,
                systemPrompt,
                firstMessage,
                voice,
                model,
                language,
                evalMethod,
                maxCallDuration,
                provider,
                providerAssistantId,
                AgentView.tools(allowedTools),
                status(),
                behaviourVersion,
                createdAt,
                updatedAt,
                version);
    }

    private AgentStatus status() {
        return Objects.requireNonNull(EnumParam.fromWire(AgentStatus.class, status));
    }

    UUID ownerId() {
        return ownerId;
    }

    int behaviourVersion() {
        return behaviourVersion;
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
