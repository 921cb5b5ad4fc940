package io.switchboard.crm.contactimport;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.switchboard.crm.contactimport.CellReader.RefusedCell;
import io.switchboard.crm.csv.ContactColumn;
import io.switchboard.kit.csv.FormulaGuard;
import io.switchboard.kit.text.CleanText;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rows as what they say of contacts. */
final class RowReader {
    private final ImportHeader header;
    private final ImportKey key;
    private final CellReader cells;

    RowReader(ImportHeader header, ImportKey key, CellReader cells) {
        this.header = header;
        this.key = key;
        this.cells = cells;
    }

    ImportRow read(CsvRecord record) {
        int line = (int) record.getStartingLineNumber();
        var row = record.getFields().stream().map(FormulaGuard::unguard).toList();
        try {
            return ImportRow.of(line, row, values(row));
        } catch (RefusedCell refusal) {
            return ImportRow.refused(line, row.stream().map(CleanText::of).toList(), refusal.field, refusal.message);
        }
    }

    private ContactValues values(List<String> row) {
        int columns = header.names().size();
        if (row.size() != columns) {
            throw new RefusedCell(null, "has " + row.size() + " cells, but the header has " + columns);
        }
        var given = new EnumMap<ContactColumn, String>(ContactColumn.class);
        var metadata = new LinkedHashMap<String, String>();
        for (int i = 0; i < columns; i++) {
            var cell = row.get(i);
            if (cell.indexOf('\0') >= 0) {
                throw new RefusedCell(header.names().get(i), "must not have the character U+0000");
            }
            var column = header.column(i);
            var entry = header.metadataKey(i);
            if (CleanText.isVisible(cell)) {
                if (column != null) {
                    given.put(column, cell);
                } else if (entry != null) {
                    metadata.put(entry, cell);
                }
            }
        }
        requireKey(given);
        return values(given, metadata);
    }

    private void requireKey(Map<ContactColumn, String> given) {
        var needed = key == ImportKey.PHONE ? ContactColumn.PHONE : ContactColumn.EMAIL;
        if (!given.containsKey(needed)) {
            throw new RefusedCell(needed.wire(), "must not be blank, since it is the key");
        }
    }

    private ContactValues values(Map<ContactColumn, String> given, Map<String, String> metadata) {
        var phone = given.get(ContactColumn.PHONE);
        return new ContactValues(
                cells.text("name", given.get(ContactColumn.NAME)),
                phone == null ? null : cells.phone("phone", phone),
                phone == null ? null : phone.strip(),
                cells.otherPhones(given.get(ContactColumn.OTHER_PHONES)),
                cells.email(given.get(ContactColumn.EMAIL)),
                cells.interests(given.get(ContactColumn.SERVICE_INTERESTS)),
                cells.leadScore(given.get(ContactColumn.LEAD_SCORE)),
                cells.leadStatus(given.get(ContactColumn.LEAD_STATUS)),
                cells.time(given.get(ContactColumn.LAST_CONTACT_AT)),
                cells.text("notes", given.get(ContactColumn.NOTES)),
                cells.flag(given.get(ContactColumn.IS_BLOCKED)),
                cells.metadata(given.get(ContactColumn.METADATA), metadata));
    }
}
