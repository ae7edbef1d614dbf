using System.Globalization;
using Atelier.Bench;

if (args is not ["call-overhead"])
{
    await Console.Error.WriteLineAsync("usage: Atelier.Bench call-overhead").ConfigureAwait(false);
    return 2;
}

Console.WriteLine(CallOverhead.MedianMicroseconds().ToString("F3", CultureInfo.InvariantCulture));
return 0;
