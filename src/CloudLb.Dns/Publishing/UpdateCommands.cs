using System.Net.Sockets;
using System.Text;
using CloudLb.Dns.Answering;

namespace CloudLb.Dns.Publishing;

/// <summary>One update as <c>nsupdate</c> reads it. The server does all of it at once, or nothing.</summary>
internal static class UpdateCommands
{
    /// <summary>What is there of each name goes, and what is to be there comes.</summary>
    public static string Of(NameServer server, IEnumerable<RecordSet> sets)
    {
        var text = new StringBuilder()
            .Append($"server {server.Place.Address} {server.Place.Port}\n")
            .Append($"zone {server.Zone}.\n");
        foreach (var set in sets)
        {
            text.Append($"update delete {set.Name}. A\n").Append($"update delete {set.Name}. AAAA\n");
            foreach (var address in set.Addresses)
            {
                var type = address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA";
                text.Append($"update add {set.Name}. {Responder.TimeToLive} {type} {address}\n");
            }
        }

        return text.Append("send\n").ToString();
    }
}
