using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Storage.Sqlite;

/// <summary>
/// A load balancer as the JSON text that its row holds, fit to be read and queried by a person. A member that this version does not know is passed
/// over; one that is missing has its default, unless the record requires it; a value that cannot be understood is an error, never a guess.
/// </summary>
internal static class LoadBalancerDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The text goes into a bound parameter, never into HTML, so that a tag may stand as its owner wrote it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    public static string Write(LoadBalancer loadBalancer) => JsonSerializer.Serialize(loadBalancer, Options);

    /// <exception cref="JsonException">The text is no load balancer that this version understands.</exception>
    public static LoadBalancer Read(string document) =>
        JsonSerializer.Deserialize<LoadBalancer>(document, Options) ?? throw new JsonException("The document is null.");
}
