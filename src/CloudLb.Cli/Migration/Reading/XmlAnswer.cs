using System.Text.Json.Nodes;
using System.Xml;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>An answer as it came, which <c>--show-xml</c> of the Java tools and euca2ools' <c>--debug</c> print.</summary>
internal static class XmlAnswer
{
    private const string Answer = "Response";

    /// <exception cref="InvalidDataException">It is no answer of a describe action of ELB or ELBv2.</exception>
    public static JsonObject Read(string text)
    {
        var (name, space) = Root(text);
        var service = space == ApiService.V2.Contract.XmlNamespace ? ApiService.V2 : ApiService.Classic;
        var operation = name.StartsWith("Describe", StringComparison.Ordinal) && name.EndsWith(Answer, StringComparison.Ordinal)
            ? service.Contract.Operations.FirstOrDefault(one => one.Name == name[..^Answer.Length])
            : null;
        return operation is null
            ? throw new InvalidDataException($"its element {name} is no answer of a describe action of ELB or ELBv2.")
            : JsonNode.Parse(operation.ReadAnswer(text))!.AsObject();
    }

    private static (string Name, string Space) Root(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            reader.MoveToContent();
            return (reader.LocalName, reader.NamespaceURI);
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"it is no XML: {exception.Message}", exception);
        }
    }
}
