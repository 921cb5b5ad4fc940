package io.switchboard.crm.contactexport;

import java.util.UUID;

/** Where a page of an export begins. @param rows of the pages before it */
record ExportCursor(UUID after, long rows) {}
