using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Accounts;

/// <summary>A member as the JSON text that its row holds.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class MemberDocument : JsonSerializerContext
{
    public static MemberDocument Form { get; } = new(ResourceDocuments.Options());
}
