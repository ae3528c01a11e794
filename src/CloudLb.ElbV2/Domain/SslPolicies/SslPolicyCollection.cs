using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>All policies that AWS has predefined for this API; there are no others.</summary>
internal static class SslPolicyCollection
{
    /// <summary>In the order of AWS's user guide.</summary>
    public static readonly IReadOnlyList<SslPolicy> All = Read();

    public static SslPolicy Get(string name) => All.FirstOrDefault(policy => policy.Name == name)
        ?? throw Errors.SSLPolicyNotFound.Because($"SSL policy '{ResourceNames.Cut(name)}' not found");

    private static IReadOnlyList<SslPolicy> Read()
    {
        using var stream = typeof(SslPolicyCollection).Assembly.GetManifestResourceStream(
            "CloudLb.ElbV2.Domain.SslPolicies.ssl-policies.json")!;
        return JsonSerializer.Deserialize(stream, SslPolicyDocument.Form.SslPolicyArray)!;
    }
}

/// <summary>How the file of policies is read.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SslPolicy[]))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class SslPolicyDocument : JsonSerializerContext
{
    public static SslPolicyDocument Form { get; } = new(ResourceDocuments.Options());
}
