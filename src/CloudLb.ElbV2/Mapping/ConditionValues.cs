using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>The letters and lengths that values of conditions may have (API reference, user guide).</summary>
internal static class ConditionValues
{
    private const int Longest = 128;
    private const int LongestName = 40;
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> OfHosts = SearchValues.Create($"{LettersAndDigits}-_.*?");
    private static readonly SearchValues<char> OfPaths = SearchValues.Create($"{LettersAndDigits}_-.$/~\"'@:+&*?");
    private static readonly SearchValues<char> OfMethods = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    /// <summary>Of a header's name: a token (RFC 9110).</summary>
    private static readonly SearchValues<char> OfNames = SearchValues.Create($"{LettersAndDigits}!#$%&'*+-.^_`|~");

    /// <summary>Of the names that the data plane can be asked for.</summary>
    private static readonly SearchValues<char> OfCarriedNames = SearchValues.Create($"{LettersAndDigits}-_");

    public static EquatableArray<string> Hosts(IReadOnlyList<string> values) =>
        values.Select(value => Host(Checked(value, "host-header", Longest, OfHosts))).ToEquatableArray();

    public static EquatableArray<string> Paths(IReadOnlyList<string> values) =>
        values.Select(value => Checked(value, "path-pattern", Longest, OfPaths)).ToEquatableArray();

    public static EquatableArray<string> Methods(IReadOnlyList<string> values) =>
        values.Select(value => Checked(value, "http-request-method", LongestName, OfMethods)).ToEquatableArray();

    public static string HeaderName(string name) =>
        string.Equals(Checked(name, "http-header", LongestName, OfNames), "host", StringComparison.OrdinalIgnoreCase)
            ? throw Invalid($"You cannot specify '{name}' as an HTTP header name")
            : name.AsSpan().ContainsAnyExcept(OfCarriedNames) ? throw NotCarried.Because("HttpHeaderName", name)
            : name;

    public static EquatableArray<string> HeaderValues(IReadOnlyList<string> values) =>
        values.Select(value => Printable(value, "http-header", isBlankTaken: true)).ToEquatableArray();

    public static EquatableArray<QueryPair> Pairs(IReadOnlyList<Wire.QueryStringKeyValuePair> pairs) => pairs
        .Select(pair => new QueryPair(
            Key: string.IsNullOrEmpty(pair.Key) ? null : Printable(pair.Key, "query-string", isBlankTaken: false),
            Value: Printable(
                pair.Value ?? throw Invalid("For conditions of type 'query-string', you must specify the following fields: 'Value'"),
                "query-string", isBlankTaken: false)))
        .ToEquatableArray();

    public static EquatableArray<string> Networks(IReadOnlyList<string> values) => values
        .Select(value => Network(value)?.ToString()
            ?? throw Invalid($"The specified value '{ResourceNames.Cut(value)}' is not a valid CIDR block"))
        .ToEquatableArray();

    /// <summary>
    /// Null for what only some programs take for one: an octal <c>010.0.0.0/8</c>, a short <c>10/8</c>, a zone as in <c>fe80::%1/10</c>.
    /// </summary>
    private static IPNetwork? Network(string value) =>
        value.Split('/') is [var address, var length]
            && IPAddress.TryParse(address, out var first)
            && (first.AddressFamily == AddressFamily.InterNetwork ? first.ToString() == address : !address.Contains('%'))
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits.ToString(CultureInfo.InvariantCulture) == length
            && IPNetwork.TryParse(value, out var network)
            ? network
            : null;

    /// <summary>There is a dot, and nothing but letters and wildcards behind the last one.</summary>
    private static string Host(string value)
    {
        var dot = value.LastIndexOf('.');
        return dot >= 0 && value[(dot + 1)..].All(character => char.IsAsciiLetter(character) || character is '*' or '?')
            ? value
            : throw NotValid(value);
    }

    private static string Checked(string value, string field, int longest, SearchValues<char> letters)
    {
        CheckLength(value, field, longest);
        return value.Length > 0 && !value.AsSpan().ContainsAnyExcept(letters) ? value : throw NotValid(value);
    }

    private static string Printable(string value, string field, bool isBlankTaken)
    {
        CheckLength(value, field, Longest);
        return value.All(character => character is > ' ' and <= '~' || (isBlankTaken && character == ' ')) ? value : throw NotValid(value);
    }

    private static void CheckLength(string value, string field, int longest)
    {
        if (value.Length > longest)
        {
            throw Invalid($"Condition value for '{field}' cannot contain more than {longest} characters");
        }
    }

    private static ServiceException NotValid(string value) =>
        Invalid($"Condition value '{ResourceNames.Cut(value)}' contains a character that is not valid");

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
