using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Protocols.Documents;

/// <summary>
/// The errors for a document that is none, or whose values are of other types than the model's. AWS's code; its words are often none at
/// all.
/// </summary>
internal static class SerializationErrors
{
    public const string Code = "SerializationException";

    public static WireException NotADocument(string form) => Error($"The body of the request is no {form}.");

    public static WireException TooDeep() => Error("The body of the request is nested too deeply.");

    public static WireException Twice(string name) => Error($"The member '{Violations.Shorten(name)}' is there twice.");

    public static WireException NumberTooLarge() => Error("A number is larger than any type of the model.");

    /// <summary>AWS's form: <c>STRING_VALUE can not be converted to an Integer</c>.</summary>
    public static WireException NotConvertible(object content, string type, string? path = null) => Error(
        $"{KindOf(content)} can not be converted to {(type[0] is 'i' or 'I' ? "an" : "a")} {char.ToUpperInvariant(type[0])}{type[1..]}" +
        (path is null ? "" : $" at '{path}'"));

    private static string KindOf(object content) => content switch
    {
        string => "STRING_VALUE",
        bool truth => truth ? "TRUE_VALUE" : "FALSE_VALUE",
        long or double => "NUMBER_VALUE",
        byte[] => "BLOB_VALUE",
        DateTimeOffset => "TIMESTAMP_VALUE",
        DocumentValue[] => "START_ARRAY",
        _ => "START_OBJECT",
    };

    private static WireException Error(string message) => new(new WireError(Code, 400, message));
}
