using System.ComponentModel;
using System.Globalization;

namespace CloudLb.Server.Settings;

/// <summary>Finds settings whose text is not of their type, all of them, where .NET's binder stops at the first.</summary>
internal static class SettingTexts
{
    /// <summary>The full name of each such setting, one sentence about it, and the default that it stands in the way of.</summary>
    public static IEnumerable<(string Name, string Fault, string? Default)> Unreadable(IConfiguration configuration)
    {
        foreach (var (section, type) in SettingTree.SectionsIn(configuration))
        {
            var defaults = Activator.CreateInstance(type);
            foreach (var property in SettingTree.PropertiesOf(type))
            {
                var name = $"{section}:{SettingTree.NameOf(property)}";
                if (configuration[name] is { } text && Converter(property.PropertyType) is { } converter
                    && !IsReadable(property.PropertyType, converter, text))
                {
                    var usual = converter.ConvertToInvariantString(property.GetValue(defaults));
                    yield return (name, $"{name} is '{text}'; it must be {Expected(property.PropertyType)}.", usual);
                }
            }
        }
    }

    private static TypeConverter? Converter(Type type) =>
        type.IsEnum || type == typeof(int) || type == typeof(TimeSpan) || type == typeof(bool) ? TypeDescriptor.GetConverter(type) : null;

    private static bool IsReadable(Type type, TypeConverter converter, string text)
    {
        try
        {
            // .NET reads any number as a value of any enumeration.
            return converter.ConvertFromString(null, CultureInfo.InvariantCulture, text) is { } value
                && (!type.IsEnum || Enum.IsDefined(type, value));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(TimeSpan) => "a time span such as 00:00:30",
        _ when type == typeof(bool) => "true or false",
        _ => "a whole number",
    };
}
