package io.switchboard.crm.appointment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;
import org.jspecify.annotations.Nullable;

/** How far an appointment has come. Which steps are legal, the database decides: {@code keep_appointment_status_legal}. */
public enum AppointmentStatus {
    PENDING,
    CONFIRMED,
    IN_PROGRESS,
    COMPLETED,
    CANCELLED,
    NO_SHOW;

    static @Nullable AppointmentStatus of(@Nullable String wire) {
        return EnumParam.fromWire(AppointmentStatus.class, wire);
    }

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
