using System.Buffers;
using System.Net;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// Makes what anybody may have sent fit for a line of a bounded length: signs that a name, an id or a program's name has stay, each other
/// one is a question mark.
/// </summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ._:;,/@()[]{}#!*=-");

    /// <summary>So many characters at most, one byte each in UTF-8 and in JSON.</summary>
    public static string Of(string text, int maxLength)
    {
        var kept = text.Length <= maxLength ? text : text[..maxLength];
        return kept.AsSpan().IndexOfAnyExcept(Plain) < 0
            ? kept
            : string.Create(kept.Length, kept, static (plain, hostile) =>
            {
                for (var i = 0; i < plain.Length; i++)
                {
                    plain[i] = Plain.Contains(hostile[i]) ? hostile[i] : '?';
                }
            });
    }

    public static string? Of(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
