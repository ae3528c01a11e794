using System.Collections;
using System.Reflection;

namespace CloudLb.Server.Settings;

/// <summary>What options are made of: properties, options within options, and lists of such.</summary>
internal static class SettingTree
{
    /// <summary>
    /// What may well stand on a command line, the leading section left out: neither secrets, nor items of lists and tables.
    /// </summary>
    public static IReadOnlyList<string> Names =>
    [
        .. SettingSections.All.SelectMany(section => NamesIn(section.Name, section.Type))
            .Select(name => name[(ServerOptions.Section.Length + 1)..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The properties that settings are bound to.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod?.IsPublic == true);

    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    /// <summary>Whether it is options itself.</summary>
    public static bool IsSection(Type type) => type.IsClass && !typeof(IEnumerable).IsAssignableFrom(type);

    /// <summary>Every section of the settings, and those that the configuration has one of for each item of a list.</summary>
    public static IEnumerable<KeyValuePair<string, Type>> SectionsIn(IConfiguration configuration) =>
        SettingSections.All.SelectMany(section => Under(configuration, section.Name, section.Type));

    /// <summary>The options that are part of others, with their full names.</summary>
    public static IEnumerable<(string Name, object Options)> PartsOf(string name, object options)
    {
        foreach (var property in PropertiesOf(options.GetType()))
        {
            var (path, value) = ($"{name}:{NameOf(property)}", property.GetValue(options));
            if (value is not null && IsSection(property.PropertyType))
            {
                yield return (path, value);
            }
            else if (value is IEnumerable items && ItemOf(property.PropertyType) is not null)
            {
                foreach (var (index, item) in items.Cast<object>().Index())
                {
                    yield return ($"{path}:{index}", item);
                }
            }
        }
    }

    private static IEnumerable<string> NamesIn(string name, Type type) => PropertiesOf(type).SelectMany(property =>
    {
        var (path, of) = ($"{name}:{NameOf(property)}", property.PropertyType);
        return IsSection(of) ? NamesIn(path, of)
            : ItemOf(of) is not null || typeof(IDictionary).IsAssignableFrom(of) || CommandLineSettings.IsSecret(path) ? []
            : [path];
    });

    private static IEnumerable<KeyValuePair<string, Type>> Under(IConfiguration configuration, string name, Type type) =>
        PropertiesOf(type).SelectMany(property =>
        {
            var path = $"{name}:{NameOf(property)}";
            return IsSection(property.PropertyType) ? Under(configuration, path, property.PropertyType)
                : ItemOf(property.PropertyType) is { } item
                    ? configuration.GetSection(path).GetChildren().SelectMany(child => Under(configuration, child.Path, item))
                    : [];
        }).Prepend(KeyValuePair.Create(name, type));

    /// <summary>Of a list of options, their type.</summary>
    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && type.GenericTypeArguments[0] is var item
            && IsSection(item) ? item : null;
}
