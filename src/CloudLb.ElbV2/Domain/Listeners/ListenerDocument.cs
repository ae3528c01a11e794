using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// A listener as the JSON text that its row holds. The lists stand here one by one, as the generator does not see through their type.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Listener))]
[JsonSerializable(typeof(ImmutableArray<ListenerAction>))]
[JsonSerializable(typeof(ImmutableArray<WeightedTargetGroup>))]
[JsonSerializable(typeof(ImmutableArray<AdditionalClaim>))]
[JsonSerializable(typeof(ImmutableArray<ExtraParameter>))]
[JsonSerializable(typeof(ImmutableArray<Rule>))]
[JsonSerializable(typeof(ImmutableArray<RuleCondition>))]
[JsonSerializable(typeof(ImmutableArray<QueryPair>))]
[JsonSerializable(typeof(ImmutableArray<RuleTransform>))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<ResourceAttribute>))]
[JsonSerializable(typeof(ImmutableArray<Tag>))]
internal sealed partial class ListenerDocument : JsonSerializerContext
{
    public static ListenerDocument Form { get; } = new(ResourceDocuments.Options());
}
