using System.Collections.Immutable;
using System.Net;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>
/// Finds addresses that the machine has lost while they are listened at. A process keeps its sockets then and serves again as soon as they
/// are back, so that this is told and nothing is changed.
/// </summary>
internal static class AbsentAddresses
{
    // A full cell's take some milliseconds of a processor.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Looks once a minute, and while one is absent whenever it is called. Used under the gate.</summary>
    public static void Look(CellContext context, CellProcess process)
    {
        var state = context.State.Now;
        if (context.Options.BindAbsentAddresses || (state.Absent.IsEmpty && context.Now - process.Looks.LookedForAddresses < Interval))
        {
            return;
        }

        process.Looks.LookedForAddresses = context.Now;
        var absent = state.Served.SelectMany(served => served.Addresses).Distinct()
            .Where(address => !IPAddress.IsLoopback(address) && BindTest.IsAbsent(address))
            .ToImmutableDictionary(address => address, BindTest.Absent);
        if (absent.Keys.ToHashSet().SetEquals(state.Absent.Keys))
        {
            return;
        }

        context.State.Change(next => next with { Absent = absent });
        foreach (var served in state.Served)
        {
            foreach (var address in served.Addresses)
            {
                switch (state.Absent.ContainsKey(address), absent.ContainsKey(address))
                {
                    case (false, true):
                        CellLog.NotServed(context.Logger, served.Id, $"what is sent to {address}", absent[address]);
                        break;
                    case (true, false):
                        CellLog.ServedAgain(context.Logger, served.Id, $"what is sent to {address}");
                        break;
                    default:
                        break;
                }
            }
        }
    }
}
