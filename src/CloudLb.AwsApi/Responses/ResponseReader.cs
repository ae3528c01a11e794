using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CloudLb.AwsApi.Responses;

/// <summary>The client's side of an answer: reads the members of one structure. An element that is not there is null.</summary>
public sealed class ResponseReader
{
    private readonly XElement _element;

    private ResponseReader(XElement element)
    {
        _element = element;
    }

    public string? String(string name, bool required = false) => Find(name, required)?.Value;

    public int? Int32(string name, bool required = false) => Find(name, required) is { } found ? ParseInt32(found) : null;

    public long? Int64(string name, bool required = false) => Find(name, required) is not { } found
        ? null
        : long.TryParse(found.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(found);

    public bool? Boolean(string name, bool required = false) => Find(name, required) is not { } found
        ? null
        : bool.TryParse(found.Value, out var value) ? value : throw Unreadable(found);

    public DateTimeOffset? Timestamp(string name, bool required = false) => Find(name, required) is not { } found
        ? null
        : DateTimeOffset.TryParse(found.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : throw Unreadable(found);

    public TShape? Structure<TShape>(string name, bool required = false)
        where TShape : class, IResponseShape<TShape> => Find(name, required) is { } found ? TShape.Read(new ResponseReader(found)) : null;

    public IReadOnlyList<string>? StringList(string name, bool required = false) => Items(name, required, static item => item.Value);

    public IReadOnlyList<int>? Int32List(string name, bool required = false) => Items(name, required, ParseInt32);

    public IReadOnlyList<TShape>? List<TShape>(string name, bool required = false)
        where TShape : class, IResponseShape<TShape> => Items(name, required, static item => TShape.Read(new ResponseReader(item)));

    /// <exception cref="InvalidDataException">The text is not XML, or has no such result.</exception>
    /// <param name="resultWrapper">Empty for an answer of EC2's form, whose root holds the result's members.</param>
    internal static ResponseReader Open(string xml, string resultWrapper)
    {
        var root = Parse(xml);
        if (resultWrapper.Length == 0)
        {
            return new ResponseReader(root);
        }

        return ChildOf(root, resultWrapper) is { } result
            ? new ResponseReader(result)
            : throw new InvalidDataException($"The answer has the element {root.Name.LocalName}, but no {resultWrapper} in it.");
    }

    /// <summary>The root of an XML document; document type declarations are refused.</summary>
    internal static XElement Parse(string xml)
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
    internal static XElement? ChildOf(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static int ParseInt32(XElement element) =>
        int.TryParse(element.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Unreadable(element);

    private static InvalidDataException Unreadable(XElement element) => new($"The answer's {element.Name.LocalName} cannot be read.");

    private XElement? Find(string name, bool required) => ChildOf(_element, name) is { } found
        ? found
        : required ? throw new InvalidDataException($"The answer's {_element.Name.LocalName} has no {name}.") : null;

    private T[]? Items<T>(string name, bool required, Func<XElement, T> read) =>
        Find(name, required)?.Elements().Where(item => item.Name.LocalName is "member" or "item").Select(read).ToArray();
}
