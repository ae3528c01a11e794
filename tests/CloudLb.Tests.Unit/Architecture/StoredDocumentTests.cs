using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CloudLb.Core.Resources;
using CloudLb.Elb;
using CloudLb.ElbV2;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// What is stored can be read again. A member that is null is not written, so that one that may be null and must be there would have the
/// next start refuse the whole database.
/// </summary>
public sealed class StoredDocumentTests
{
    public static TheoryData<string> Documents { get; } =
    [
        .. Contexts().Select(context => context.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_member_that_may_be_null_is_required(string document)
    {
        var type = Contexts().Single(context => context.FullName == document);
        var context = (JsonSerializerContext)Activator.CreateInstance(type, ResourceDocuments.Options())!;
        var faults = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        var rest = new Queue<Type>(type.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(JsonSerializableAttribute))
            .Select(data => (Type)data.ConstructorArguments[0].Value!));
        while (rest.TryDequeue(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            next.GetGenericArguments().ToList().ForEach(rest.Enqueue);
            if (context.GetTypeInfo(next) is not { } info)
            {
                continue;
            }

            foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
            {
                rest.Enqueue(derived.DerivedType);
            }

            foreach (var member in info.Properties)
            {
                rest.Enqueue(member.PropertyType);
                if (IsRequired(member) && (member.IsGetNullable || Nullable.GetUnderlyingType(member.PropertyType) is not null))
                {
                    faults.Add($"{next.Name}.{member.Name}");
                }
            }
        }

        Assert.True(seen.Count > 1, "Nothing was looked at.");
        Assert.Empty(faults);
    }

    /// <summary>Parameters of a constructor are, unless they have a default.</summary>
    private static bool IsRequired(JsonPropertyInfo member) =>
        member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

    private static IEnumerable<Type> Contexts() =>
        new[] { typeof(ResourceDocuments).Assembly, typeof(ElasticLoadBalancing).Assembly, typeof(ElasticLoadBalancingV2).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext))
                && type.GetProperty("Form", BindingFlags.Static | BindingFlags.Public) is not null);
}
