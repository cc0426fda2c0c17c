export class Faults { constructor() {} clear() {} async refresh() {} }
