namespace CloudLb.Bench.Processes;

/// <summary>The ports of the three kinds of listeners that are compared.</summary>
internal sealed record ListenerPorts(int Http, int Https, int Tcp);
