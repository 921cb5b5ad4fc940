package io.switchboard.crm.template;

import java.util.List;

/**
 * A template's text with its placeholders filled in.
 *
 * @param missing placeholders without a value, which left nothing behind; each once
 */
public record RenderedTemplateView(String content, List<String> missing) {}
