using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// A target group as the JSON text that its row holds. The lists stand here one by one, as the generator does not see through their type.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TargetGroup))]
[JsonSerializable(typeof(ImmutableArray<Target>))]
[JsonSerializable(typeof(ImmutableArray<DrainingTarget>))]
[JsonSerializable(typeof(ImmutableArray<ResourceAttribute>))]
[JsonSerializable(typeof(ImmutableArray<Tag>))]
internal sealed partial class TargetGroupDocument : JsonSerializerContext
{
    public static TargetGroupDocument Form { get; } = new(ResourceDocuments.Options());
}
