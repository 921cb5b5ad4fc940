package io.switchboard.crm.appointment;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A time that is booked for a contact. Plain SQL books it, since an insert must give way where the time is taken. */
@Entity
@Table(name = "appointments")
@DynamicUpdate
public class Appointment implements Versioned {
    @Id
    private UUID id;

    private String serviceType;
    private OffsetDateTime scheduledAt;
    private int durationMinutes;
    private UUID assigneeId;

    @ColumnTransformer(read = "status::text", write = "?::appointment_status")
    private String status;

    private String calendarLink;
    private String notes;
    private OffsetDateTime deletedAt;

    @Version
    private int version;

    protected Appointment() {} // for Hibernate

    /** The database refuses a status that skips a step, another time for one that is over, and a time that is taken. */
    void revise(AppointmentChangeForm form) {
        AppointmentForm.checkTime(form.scheduledAt());
        serviceType = form.serviceType();
        // The same instant with another offset is no change.
        scheduledAt = scheduledAt.isEqual(form.scheduledAt()) ? scheduledAt : form.scheduledAt();
        durationMinutes = form.durationMinutes();
        assigneeId = form.assigneeId();
        status = form.status().wire();
        calendarLink = form.calendarLink();
        notes = form.notes();
    }

    void delete() {
        deletedAt = OffsetDateTime.now(ZoneOffset.UTC);
    }

    /** One that is not deleted stays as it is. */
    void restore() {
        deletedAt = null;
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    @Nullable
    Booking booking() {
        return assigneeId == null ? null : new Booking(id, assigneeId, scheduledAt, durationMinutes);
    }

    AppointmentChangeForm form() {
        return new AppointmentChangeForm(
                serviceType,
                scheduledAt,
                durationMinutes,
                assigneeId,
                EnumParam.fromWire(AppointmentStatus.class, status),
                calendarLink,
                notes);
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
