using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudLb.Core.Resources;

/// <summary>
/// How resources are written as documents. A member that this version does not know is passed over; one that is missing has its default,
/// unless the record requires it; a value that cannot be understood is an error, never a guess.
/// </summary>
public static class ResourceDocuments
{
    /// <summary>Anew for each kind's source-generated context, which takes them for its own.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The text goes into a bound parameter, never into HTML, so that a tag may stand as its owner wrote it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };
}
