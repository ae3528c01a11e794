using System.Globalization;
using System.Net;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>What a field of a line says. One that cannot be read is an exception that <see cref="RawLogReader"/> knows.</summary>
internal static class LogFields
{
    /// <summary>HAProxy's word for the status of a request that was answered nothing.</summary>
    private const int NoStatus = -1;

    public static bool IsNone(string text) => text is "-" or "";

    public static string? Word(string text) => IsNone(text) ? null : text;

    public static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static long Long(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static int? AnsweredStatus(string text) => Int(text) is not NoStatus and var status ? status : null;

    public static DateTimeOffset Time(string microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(Long(microseconds) * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan Milliseconds(string text) => TimeSpan.FromMilliseconds(Math.Max(0, Long(text)));

    /// <summary>An address in its usual spelling and a port.</summary>
    public static IPEndPoint? Endpoint(string address, string port) =>
        IsNone(address) ? null : Endpoint(IPAddress.Parse(address), port);

    /// <summary>An address of either length and a port.</summary>
    public static IPEndPoint Endpoint(IPAddress address, string port) =>
        new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Int(port));
}
