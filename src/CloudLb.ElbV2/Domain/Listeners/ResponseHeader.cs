using CloudLb.ElbV2.Domain.Attributes;

namespace CloudLb.ElbV2.Domain;

/// <summary>A header that a listener can give its answers.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Rule">The attribute that has its value; an empty one leaves answers as they are.</param>
internal sealed record ResponseHeader(string Name, AttributeRule Rule)
{
    private const int Longest = 1024;

    /// <param name="name">As it is sent.</param>
    /// <param name="values">Those that it can have; none for any text.</param>
    public static ResponseHeader Of(string name, params IReadOnlyList<string> values)
    {
        var key = $"routing.http.response.{name.Replace('-', '_').ToLowerInvariant()}.header_value";
        return new(name, values.Count > 0 ? AttributeForms.OneOf(key, "", [.. values, ""], Other) : new(key, "", Fault));

        string Other(string value) =>
            $"The value of '{key}' must be from the following: [{string.Join(", ", values)}], but was '{value}'";

        string? Fault(string value) => value switch
        {
            { Length: > Longest } => $"The value of '{key}' cannot be longer than '{Longest}' characters",
            _ when !value.All(IsCarried) => $"The value of '{key}' contains invalid characters",
            _ => null,
        };
    }

    // AWS's letters of these values.
    private static bool IsCarried(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || " _:;.,\\/'?!(){}[]@<>=-+*#&`|~^%".Contains(letter, StringComparison.Ordinal);
}
