using System.Globalization;
using System.Net;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What a field of a line says. One that cannot be read is an exception that <see cref="RawLogReader"/> knows.</summary>
internal static class LogFields
{
    /// <summary>HAProxy's word for the status of a request that was answered nothing.</summary>
    private const int NoStatus = -1;

    public static bool IsNone(ReadOnlySpan<char> text) => text is "-" or "";

    public static string? Word(ReadOnlySpan<char> text) => IsNone(text) ? null : new string(text);

    public static int Int(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static long Long(ReadOnlySpan<char> text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static int? AnsweredStatus(ReadOnlySpan<char> text) => Int(text) is not NoStatus and var status ? status : null;

    public static DateTimeOffset Time(ReadOnlySpan<char> microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(Long(microseconds) * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan Milliseconds(ReadOnlySpan<char> text) => TimeSpan.FromMilliseconds(Math.Max(0, Long(text)));

    /// <summary>An address in its usual spelling and a port.</summary>
    public static IPEndPoint? Endpoint(ReadOnlySpan<char> address, ReadOnlySpan<char> port) =>
        IsNone(address) ? null : Endpoint(IPAddress.Parse(address), port);

    /// <summary>An address of either length and a port.</summary>
    public static IPEndPoint Endpoint(IPAddress address, ReadOnlySpan<char> port) =>
        new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Int(port));
}
