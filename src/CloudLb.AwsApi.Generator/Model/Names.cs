namespace CloudLb.AwsApi.Generator.Model;

/// <summary>The models' names as C# spells them.</summary>
internal static class Names
{
    /// <summary>A type or a property: the models begin some with a small letter.</summary>
    public static string Capital(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    /// <summary>A property, which cannot have the name of its type.</summary>
    public static string Property(string name, string structure) =>
        Capital(name) == Capital(structure) ? $"{Capital(name)}Value" : Capital(name);

    /// <summary>The service's own word, without blanks and in our case: <c>ElasticLoadBalancingV2</c>, <c>Sts</c>.</summary>
    public static string OfService(string serviceId) => serviceId.Any(char.IsLower)
        ? string.Concat(serviceId.Split(' ').Select(Capital))
        : serviceId[0] + serviceId[1..].ToLowerInvariant();
}
