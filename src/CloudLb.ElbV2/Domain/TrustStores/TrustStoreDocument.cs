using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// A trust store, and a revocation of one, as the JSON text that its row holds. The lists stand here one by one, as the generator does not
/// see through their type.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TrustStore))]
[JsonSerializable(typeof(Revocation))]
[JsonSerializable(typeof(ImmutableArray<Tag>))]
internal sealed partial class TrustStoreDocument : JsonSerializerContext
{
    public static TrustStoreDocument Form { get; } = new(ResourceDocuments.Options());
}
