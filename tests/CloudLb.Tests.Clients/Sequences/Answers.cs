using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Reads answers as a client's generated code does: what is not there is null, and what is dereferenced must be there.</summary>
internal static class Answers
{
    /// <summary>The structure or list inside, by its names from the outside in; fails when one is missing, as the client would.</summary>
    public static XElement Need(this XElement element, params IEnumerable<string> names) => names.Aggregate(
        element,
        (found, name) =>
            found.Find(name)
                ?? throw new InvalidDataException($"The client needs {name} in {found.Name.LocalName}, which has none:\n{element}"));

    public static XElement? Find(this XElement element, string name)
    {
        var found = element.Elements().Where(child => child.Name.LocalName == name).ToList();
        return found.Count <= 1
            ? found.FirstOrDefault()
            : throw new InvalidDataException($"{element.Name.LocalName} has {name} more than once.");
    }

    /// <summary>The text of a member; null when it is not there.</summary>
    public static string? Text(this XElement element, string name) => element.Find(name)?.Value;

    /// <summary>The members of a list; none when the list is not there.</summary>
    public static IReadOnlyList<XElement> Items(this XElement element, string name) => element.Find(name) is { } list
        ? [
            .. list
            .Elements()
            .Select(
                item => item.Name.LocalName is "member" or "item" ? item : throw new InvalidDataException($"{name} is no list: {list}"))]
        : [];

    /// <summary>The texts of a list, as a set: in order, with commas.</summary>
    public static string Set(this XElement element, string name) => Set(element.Items(name).Select(item => item.Value));

    public static string Set(IEnumerable<string> values) => string.Join(',', values.Order(StringComparer.Ordinal));
}
