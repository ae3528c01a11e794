using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>A certificate as the JSON text that its row holds, its private key encrypted.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ServerCertificate))]
[JsonSerializable(typeof(ImmutableArray<Tag>))]
internal sealed partial class ServerCertificateDocument : JsonSerializerContext
{
    public static ServerCertificateDocument Form { get; } = new(ResourceDocuments.Options());
}
