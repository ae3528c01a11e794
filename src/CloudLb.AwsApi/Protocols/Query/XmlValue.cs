using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>
/// The client's side of an answer of the Query protocol or EC2's: an element, or the elements of a list with nothing around it.
/// </summary>
internal sealed class XmlValue(params IReadOnlyList<XElement> elements) : WireValue
{
    private XElement Element => elements[0];

    public override string? Scalar => Element.HasElements ? null : Element.Value;

    public override WireValue? Member(string name, bool isFlat = false)
    {
        if (!isFlat)
        {
            return ChildOf(Element, name) is { } child ? new XmlValue(child) : null;
        }

        var found = Element.Elements().Where(child => child.Name.LocalName == name).ToArray();
        return found.Length > 0 ? new XmlValue(found) : null;
    }

    public override string? Text() => Element.Value;

    public override bool TryInt64(out long value) =>
        long.TryParse(Element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public override bool TryDouble(out double value) => DoubleText.TryParse(Element.Value, out value);

    public override bool TryBoolean(out bool value) => bool.TryParse(Element.Value, out value);

    public override bool TryTimestamp(out DateTimeOffset value) =>
        DateTimeOffset.TryParse(Element.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    public override bool TryBlob(out ReadOnlyMemory<byte> value) => Base64.TryDecode(Element.Value, out value);

    public override void ExpectStructure()
    {
    }

    public override IReadOnlyList<WireValue> Items(in ListForm form) => form.IsFlat
        ? [.. elements.Select(element => new XmlValue(element))]
        : [.. Element.Elements().Select(element => new XmlValue(element))];

    public override IReadOnlyList<KeyValuePair<string, WireValue>> Entries(in MapForm form)
    {
        var (key, value) = (form.KeyName, form.ValueName);
        return [.. (form.IsFlat ? elements : Element.Elements()).Select(entry => KeyValuePair.Create(
            ChildOf(entry, key)?.Value ?? "", (WireValue)new XmlValue(ChildOf(entry, value) ?? new XElement(value))))];
    }

    public override string Told(in ListForm form) => Element.Value;

    public override WireException NotA(string type, string path) => MalformedInput.NotA(type, Element.Value, path);

    /// <exception cref="InvalidDataException">The text is not XML, or has no such result.</exception>
    /// <param name="xml">The answer.</param>
    /// <param name="resultWrapper">Empty for an answer of EC2's form, whose root holds the result's members.</param>
    public static XmlValue Open(string xml, string resultWrapper)
    {
        var root = Parse(xml);
        if (resultWrapper.Length == 0)
        {
            return new XmlValue(root);
        }

        return ChildOf(root, resultWrapper) is { } result
            ? new XmlValue(result)
            : throw new InvalidDataException($"The answer has the element {root.Name.LocalName}, but no {resultWrapper} in it.");
    }

    /// <summary>The root of an XML document; document type declarations are refused.</summary>
    public static XElement Parse(string xml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException("The answer is not XML: is this the right endpoint?", exception);
        }
    }

    /// <summary>By its local name: the namespace says nothing that the root has not said.</summary>
    public static XElement? ChildOf(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
