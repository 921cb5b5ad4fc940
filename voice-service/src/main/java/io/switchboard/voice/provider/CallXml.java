package io.switchboard.voice.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A document that tells a carrier what to do with a call: a {@code Response} with one element an action. */
public final class CallXml {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    public CallXml() {
        try {
            xml = FACTORY.createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with text in it. */
    public CallXml say(String element, String text) {
        try {
            xml.writeStartElement(element);
            xml.writeCharacters(text);
            xml.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty element. @param attributes names and values in turn */
    public CallXml action(String element, String... attributes) {
        try {
            xml.writeEmptyElement(element);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], attributes[i + 1]);
            }
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    public Reply reply() {
        try {
            xml.writeEndDocument();
            xml.close();
            return new Reply("text/xml", bytes.toString(StandardCharsets.UTF_8));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
