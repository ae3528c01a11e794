using System.Net;
using System.Net.Sockets;
using CloudLb.Server.Settings;
using Microsoft.AspNetCore.Connections;

namespace CloudLb.Server.Startup;

/// <summary>Why the API, or what a monitor asks, cannot be answered where the settings say, and which of the settings it is.</summary>
internal static class ListenFault
{
    /// <summary>Null where an exception is of something else.</summary>
    public static StartException? Of(Exception exception, CloudLbSettings settings) => exception switch
    {
        IOException { InnerException: AddressInUseException } => Taken(PlaceIn(exception.Message, settings)),
        IOException { InnerException: SocketException inner } => Of(inner, settings),
        SocketException socket => Absent(PlaceWithout(settings), socket.Message),
        _ => null,
    };

    private static StartException Taken((string Url, string Setting) place) =>
        new($"{place.Url} is in use by another program; end it, or give CloudLb another address with {place.Setting}.");

    private static StartException Absent((string Url, string Setting) place, string reason) =>
        new($"CloudLb cannot listen on {place.Url}: {reason}. Give it another address with {place.Setting}.");

    /// <summary>The server names the place that is taken, and no place that the machine does not have.</summary>
    private static (string Url, string Setting) PlaceIn(string message, CloudLbSettings settings) => Places(settings)
        .OrderByDescending(place => message.Contains(new Uri(place.Url).Authority, StringComparison.Ordinal)).First();

    private static (string Url, string Setting) PlaceWithout(CloudLbSettings settings) => Places(settings)
        .OrderBy(place => IsOfThisMachine(new Uri(place.Url).Host)).First();

    private static IEnumerable<(string Url, string Setting)> Places(CloudLbSettings settings)
    {
        yield return (settings.Server.Url, "CloudLb:Url");
        if (settings.Metrics.Url is { Length: > 0 } url)
        {
            yield return (url, "CloudLb:Metrics:Url");
        }
    }

    private static bool IsOfThisMachine(string host)
    {
        if (!IPAddress.TryParse(host, out var address))
        {
            return true;
        }

        try
        {
            using var trial = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            trial.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
