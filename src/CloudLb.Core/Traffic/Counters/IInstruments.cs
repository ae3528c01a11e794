namespace CloudLb.Core.Traffic.Counters;

/// <summary>
/// Instruments of a room that are read when somebody asks. They publish themselves when they are made, and the operator makes all of them
/// at start. A meter's
/// name begins with <c>CloudLb.</c>; an instrument's is Prometheus's with points for the first underscores, and without the unit and
/// <c>_total</c>.
/// </summary>
public interface IInstruments;
