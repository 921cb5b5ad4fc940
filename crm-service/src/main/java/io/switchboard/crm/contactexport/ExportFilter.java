package io.switchboard.crm.contactexport;

import io.switchboard.crm.contact.LeadScore;
import io.switchboard.crm.contact.LeadStatus;
import org.jspecify.annotations.Nullable;

/** Which contacts a file has; null for all. */
record ExportFilter(@Nullable LeadScore leadScore, @Nullable LeadStatus leadStatus) {}
