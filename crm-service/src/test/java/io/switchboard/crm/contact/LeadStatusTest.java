package io.switchboard.crm.contact;

import static io.switchboard.crm.contact.LeadStatus.BOOKED;
import static io.switchboard.crm.contact.LeadStatus.CONTACTED;
import static io.switchboard.crm.contact.LeadStatus.CONVERTED;
import static io.switchboard.crm.contact.LeadStatus.LOST;
import static io.switchboard.crm.contact.LeadStatus.NEW;
import static io.switchboard.crm.contact.LeadStatus.QUALIFIED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeadStatusTest {
    static final Map<LeadStatus, Set<LeadStatus>> LEGAL = Map.of(
            NEW, EnumSet.of(NEW, CONTACTED, LOST),
            CONTACTED, EnumSet.of(CONTACTED, QUALIFIED, LOST),
            QUALIFIED, EnumSet.of(QUALIFIED, BOOKED, LOST),
            BOOKED, EnumSet.of(BOOKED, CONVERTED, LOST),
            CONVERTED, EnumSet.of(CONVERTED, LOST),
            LOST, EnumSet.of(LOST, CONTACTED));

    @Test
    void a_lead_goes_forward_step_by_step_or_is_lost_and_found() {
        for (var from : LeadStatus.values()) {
            for (var to : LeadStatus.values()) {
                assertEquals(LEGAL.get(from).contains(to), from.leadsTo(to), from + " to " + to);
            }
        }
    }
}
