using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Query;

/// <summary>The errors for parameters that have not the model's structure.</summary>
/// <remarks>The first three texts were seen at AWS's query services; AWS's words for a value that is not a number are not known.</remarks>
internal static class MalformedInput
{
    public static WireException ScalarForStructure() => Error("Unexpected complex element termination");

    public static WireException ScalarForList() => Error("Unexpected list element termination");

    public static WireException ListNotExpected() => Error("Start of list found where not expected");

    public static WireException StructureNotExpected() => Error("Start of structure or map found where not expected.");

    public static WireException ListAtTop() => Error("Top level element may not be treated as a list");

    /// <summary>In the words of the others; AWS's own are not known.</summary>
    public static WireException EntryWithoutKey() => Error("Map entry without a key");

    public static WireException NotA(string type, string value, string path) =>
        Error($"'{Violations.Shorten(value)}' at '{path}' is not a valid {type}");

    private static WireException Error(string message) => new(new WireError("MalformedInput", 400, message));
}
