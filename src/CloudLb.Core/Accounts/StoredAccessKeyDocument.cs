using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Accounts;

/// <summary>An access key as the JSON text that its row holds, its secret encrypted.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StoredAccessKey))]
internal sealed partial class StoredAccessKeyDocument : JsonSerializerContext
{
    public static StoredAccessKeyDocument Form { get; } = new(ResourceDocuments.Options());
}
